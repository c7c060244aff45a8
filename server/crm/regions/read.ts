import { regionNames } from './index.ts'

interface Region {
  code: string
  name: string
}

interface Regions {
  provinces: Region[]
  /** By the first two and four digits. */
  cities: Map<string, Region[]>
  districts: Map<string, Region[]>
}

let known: Regions | undefined

/** Longer names first: 西湖 must not be taken where 西湖风景区 is written. */
function regions(): Regions {
  if (known)
    return known
  const all = Array.from(regionNames(), ([code, name]): Region => ({ code, name })).sort((a, b) => b.name.length - a.name.length)
  const isProvince = ({ code }: Region) => code.endsWith('0000')
  const isCity = (region: Region) => region.code.endsWith('00') && !isProvince(region)
  known = {
    provinces: all.filter(isProvince),
    cities: Map.groupBy(all.filter(isCity), ({ code }) => code.slice(0, 2)),
    districts: Map.groupBy(all.filter(region => !isProvince(region) && !isCity(region)), ({ code }) => code.slice(0, 4)),
  }
  return known
}

/**
 * The region that an address begins with, as files show it or as people write it without blanks, and the rest of it:
 * 浙江省 杭州市 西湖区 文三路 1 号. A city may be named without its province; where no region is named, all is the rest.
 */
export function readRegion(text: string): { code: string, detail: string } {
  const { provinces, cities, districts } = regions()
  let rest = text.trim()
  let code = ''
  const take = (among: readonly Region[] | undefined): Region | undefined => {
    const found = among?.find(({ name }) => rest.startsWith(name))
    if (found) {
      code = found.code
      rest = rest.slice(found.name.length).trimStart()
    }
    return found
  }
  const province = take(provinces)
  const ofProvince = province && (cities.get(province.code.slice(0, 2)) ?? [])
  const city = take(ofProvince ?? [...cities.values()].flat())
  // A municipality is city and province at once, and named once.
  const within = city ? [city] : (ofProvince ?? []).filter(({ name }) => name === province?.name)
  take(within.flatMap(each => districts.get(each.code.slice(0, 4)) ?? []))
  return { code, detail: rest }
}
