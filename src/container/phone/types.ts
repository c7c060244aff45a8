/** What `POST /api/jsapi/config` answers: everything dd.config needs besides the list of methods. */
export interface SignedConfig {
  agentId: string
  corpId: string
  timeStamp: string
  nonceStr: string
  signature: string
}

/** The client's abilities, in the SDK's own words; answers are outside data and read with care. */
export interface PhoneSdk {
  /** Resolves when the client has granted the methods, rejects with what dd.error was told. */
  config: (params: SignedConfig & { jsApiList: readonly string[] }) => Promise<void>
  getLocation: () => Promise<unknown>
  openLocation: (params: { latitude: number, longitude: number, title: string, address: string }) => Promise<unknown>
  scan: () => Promise<unknown>
  scanCard: () => Promise<unknown>
  choosePeople: (params: { corpId: string, appId: string, title: string, limitTips: string, multiple: boolean, maxUsers: number, pickedUsers: string[] }) => Promise<unknown>
  openChat: (params: { corpId: string, userId: string }) => Promise<unknown>
  openProfile: (params: { corpId: string, userId: string }) => Promise<unknown>
  share: (params: { url: string, title: string, content: string }) => Promise<unknown>
  openLink: (params: { url: string }) => Promise<unknown>
}

/** Where somebody is or something stands. */
export interface Place {
  latitude: number
  longitude: number
  /** Coordinates of the browser; without it those of DingTalk's client, which are 高德's (GCJ-02). */
  datum?: 'wgs84'
  /** Metres; 0 when unknown. */
  accuracy: number
  /** Empty when only coordinates are known. */
  address: string
}

/** A paper or digital business card, as far as it could be read. */
export interface Card {
  name: string
  company: string
  title: string
  mobile: string
  phone: string
  email: string
  address: string
}
