/** What cameras, maps and chats of the sandbox offer; every name and number is invented. */

/** Chosen instead of a place: the person refuses to be located. */
export const denied = Symbol('location permission missing')

export const places = [
  {
    title: '西溪园区',
    snippet: '文一西路 969 号',
    province: '浙江省',
    city: '杭州市',
    adName: '余杭区',
    adCode: '330110',
    latitude: 30.2789,
    longitude: 120.0269,
  },
  {
    title: '陆家嘴中心',
    snippet: '世纪大道 100 号',
    province: '上海市',
    city: '上海市',
    adName: '浦东新区',
    adCode: '310115',
    latitude: 31.2352,
    longitude: 121.5063,
  },
  {
    title: '国贸大厦',
    snippet: '建国门外大街 1 号',
    province: '北京市',
    city: '北京市',
    adName: '朝阳区',
    adCode: '110105',
    latitude: 39.9087,
    longitude: 116.4605,
  },
]

export const cards = [
  {
    NAME: '周文博',
    COMPANY: '杭州云岭科技有限公司',
    POSITION: '采购总监',
    MPHONE: '13800000001',
    PHONE: '0571-80000001',
    ADDRESS: '杭州市滨江区江南大道 588 号',
    IMAGE: '',
  },
  {
    NAME: 'Grace Tan',
    COMPANY: 'Harbour Logistics Pte Ltd',
    POSITION: 'Operations Manager',
    MPHONE: '+65-80000002',
    PHONE: '',
    ADDRESS: '1 Raffles Place, Singapore',
    IMAGE: '',
  },
]

export const pictures = ['门店照片.jpg', '合同扫描件.png']
export const conversations = [
  { title: '销售一部', chatId: 'chat-sales-1', openConversationId: 'cidSales1==' },
  { title: '项目讨论', chatId: 'chat-project', openConversationId: 'cidProject==' },
]
