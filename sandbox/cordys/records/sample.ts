import type { World } from '../world.ts'
import type { CustomerRow } from './types.ts'
import { createRandom } from '../../dingtalk/company/random.ts'

const day = 86_400_000
const cities = ['上海', '苏州', '杭州', '深圳', '广州', '宁波', '无锡', '南京', '东莞', '佛山']
const words = ['远航', '恒泰', '晨光', '锐进', '华信', '云帆', '金石', '博远', '安捷', '新程', '盛达', '卓越', '立方', '海纳', '青禾']
const trades = ['精密机械', '自动化设备', '电子科技', '医疗器械', '新能源', '食品', '物流', '环保科技']
const visits = ['现场演示了产线看板，客户希望下周看到报价。', '电话沟通了交付周期，对方要求分两批发货。', '回访使用情况，提出两点改进，已转研发。', '参加客户的招标说明会，竞争对手三家。']
const people = ['陈芳', '刘伟', '王静', '李强', '张敏', '周洋', '吴磊', '郑霞']

const idOf = (world: World, form: 'customer' | 'record', name: string) => world.forms[form].fields.find(field => field.name === name)!.id

const userOf = (world: World, userid: string) => [...world.users.values()].find(user => user.resourceUserId === userid)?.id

/** Customers, contacts and follow-ups for every seller; the same ones for the same seed. */
export function fillSample(world: World, seed: number): void {
  const random = createRandom(seed)
  const sellers = [...world.users.values()].filter(user => user.roleIds.some(id => id.startsWith('sales')))
  const field = (name: string) => idOf(world, 'customer', name)
  const names = new Set<string>()
  for (const seller of sellers) {
    const wanted = seller.resourceUserId === 'zhaoliu' ? 26 : random.whole(1, 4)
    for (let index = 0; index < wanted; index++) {
      const name = `${random.pick(cities)}${random.pick(words)}${random.pick(trades)}有限公司`
      if (names.has(name))
        continue
      names.add(name)
      const at = world.now() - random.whole(3, 200) * day
      const source = String(random.whole(1, 5))
      const row: CustomerRow = {
        id: world.newId(),
        values: {
          business: { name, owner: seller.id },
          custom: new Map<string, unknown>([
            [field('客户行业'), String(random.whole(1, 6))],
            [field('客户等级'), String(random.whole(1, 3))],
            [field('客户来源'), source],
            [field('客户标签'), ['重点跟进']],
            [field('地区'), '310000-浦东新区张江路 100 号'],
            [field('公司电话'), `021-5080${random.digits(4)}${index}`],
            [field('员工人数'), random.whole(20, 3000)],
            [field('客户编号'), world.nextSerial()],
            [field('财务编码'), `FIN-${random.digits(5)}`],
            [field('人均产值'), random.whole(10, 90)],
            [field('备注'), '由展会认识，采购负责人对接。'],
            ...(source === '1' ? [[field('线上来源详情'), '1'] as [string, unknown]] : []),
          ]),
        },
        collectionTime: at,
        inSharedPool: false,
        follower: null,
        followTime: null,
        createUser: seller.id,
        updateUser: seller.id,
        createTime: at,
        updateTime: at,
      }
      world.customers.set(row.id, row)
      fillCustomer(world, row, seller.id, random.pick(people), random.whole(0, 3), random)
    }
  }
  const shared = [...world.customers.values()].find(row => row.values.business.owner === userOf(world, 'zhouba'))
  const guest = userOf(world, 'zhaoliu')
  if (shared && guest)
    world.collaborations.push({ id: world.newId(), customerId: shared.id, userId: guest, collaborationType: 'READ_ONLY' })
}

function fillCustomer(world: World, row: CustomerRow, seller: string, person: string, records: number, random: ReturnType<typeof createRandom>): void {
  const contact = {
    id: world.newId(),
    values: { business: { customerId: row.id, name: person, phone: `139${random.digits(8)}`, owner: seller }, custom: new Map() },
    enable: true,
    createUser: seller,
    updateUser: seller,
    createTime: row.createTime,
    updateTime: row.createTime,
  }
  if (records > 0)
    world.contacts.set(contact.id, contact)
  for (let index = 0; index < records; index++) {
    const at = row.createTime + (index + 1) * day
    const id = world.newId()
    world.follows.set(id, {
      id,
      values: {
        business: { type: 'CUSTOMER', customerId: row.id, contactId: contact.id, content: random.pick(visits), followTime: at, followMethod: String(random.whole(1, 2)), owner: seller },
        custom: new Map(),
      },
      createUser: seller,
      updateUser: seller,
      createTime: at,
      updateTime: at,
    })
    Object.assign(row, { follower: seller, followTime: at })
  }
}
