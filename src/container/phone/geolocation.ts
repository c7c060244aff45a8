import type { Place } from './types.ts'
import { ContainerError } from '../errors.ts'

/** The browser's own position, where there is no client to ask; without an address. @throws ContainerError */
export function browserPlace(geolocation: Pick<Geolocation, 'getCurrentPosition'> | undefined, limit: number): Promise<Place> {
  return new Promise((resolve, reject) => {
    if (!geolocation) {
      reject(new ContainerError('unsupported', 'geolocation', 'no geolocation in this browser'))
      return
    }
    geolocation.getCurrentPosition(
      ({ coords }) => resolve({ latitude: coords.latitude, longitude: coords.longitude, datum: 'wgs84', accuracy: Math.round(coords.accuracy), address: '' }),
      // 1 denied, 2 unavailable, 3 timeout
      ({ code, message }) => reject(new ContainerError(code === 1 ? 'denied' : code === 3 ? 'timeout' : 'native', `geolocation_${code}`, message)),
      { enableHighAccuracy: true, timeout: limit, maximumAge: 0 },
    )
  })
}
