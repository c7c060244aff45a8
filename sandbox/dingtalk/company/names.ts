import type { Random } from './random.ts'

/** `汉字 pinyin` pairs; the pinyin becomes the userid, as many companies do. */
function table(text: string): Array<[string, string]> {
  return text
    .trim()
    .split(/\s+/)
    .map((pair) => {
      const latin = pair.search(/[a-z]/)
      return [pair.slice(0, latin), pair.slice(latin)]
    })
}

const SURNAMES = table(`
  王wang 李li 张zhang 刘liu 陈chen 杨yang 黄huang 赵zhao 吴wu 周zhou 徐xu 孙sun 马ma 朱zhu 胡hu 郭guo 何he 林lin
  高gao 罗luo 郑zheng 梁liang 谢xie 宋song 唐tang 许xu 邓deng 韩han 冯feng 曹cao 彭peng 曾zeng 肖xiao 田tian 董dong
  潘pan 袁yuan 蔡cai 蒋jiang 余yu 于yu 杜du 叶ye 程cheng 魏wei 苏su 吕lv 丁ding 任ren 沈shen 欧阳ouyang 诸葛zhuge`)

const GIVEN = table(`
  伟wei 芳fang 娜na 秀英xiuying 敏min 静jing 丽li 强qiang 磊lei 洋yang 艳yan 勇yong 军jun 杰jie 娟juan 涛tao 明ming
  超chao 霞xia 平ping 刚gang 子涵zihan 雨桐yutong 梓萱zixuan 浩然haoran 思远siyuan 佳怡jiayi 一鸣yiming 晓东xiaodong
  建国jianguo 志强zhiqiang 海燕haiyan 文博wenbo 雪梅xuemei 俊杰junjie 欣怡xinyi 嘉琪jiaqi 宇轩yuxuan 天佑tianyou
  慧敏huimin 立新lixin 国栋guodong 春燕chunyan 晨曦chenxi 可欣kexin 泽宇zeyu 诗涵shihan 瑞霖ruilin 书瑶shuyao
  振华zhenhua 小龙xiaolong 玉兰yulan 景行jingxing 若溪ruoxi 承志chengzhi 梦洁mengjie`)

/** A Chinese name and its pinyin; names repeat, as they do in any larger company. */
export function randomName(random: Random): { name: string, pinyin: string } {
  const [surname, surnamePinyin] = random.pick(SURNAMES)
  const [given, givenPinyin] = random.pick(GIVEN)
  return { name: surname + given, pinyin: surnamePinyin + givenPinyin }
}
