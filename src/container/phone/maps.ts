/** A place to show or to drive to; coordinates are those of 高德 (GCJ-02) unless said otherwise. */
export interface Destination {
  title: string
  address: string
  latitude?: number | null
  longitude?: number | null
  datum?: 'wgs84'
}

/** 高德's web address for a place, which opens its app where there is one: by coordinates, else by searching the address. */
export function mapLink({ title, address, latitude, longitude, datum }: Destination): string {
  if (typeof latitude === 'number' && typeof longitude === 'number') {
    return `https://uri.amap.com/marker?position=${longitude},${latitude}&name=${encodeURIComponent(title)}${datum ? `&coordinate=${datum}` : ''}&callnative=1`
  }
  return `https://uri.amap.com/search?keyword=${encodeURIComponent(address || title)}&callnative=1`
}
