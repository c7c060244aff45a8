import type { Values } from '../forms/types.ts'

interface Audit {
  createUser: string
  updateUser: string
  createTime: number
  updateTime: number
}

export interface CustomerRow extends Audit {
  id: string
  values: Values
  collectionTime: number
  inSharedPool: boolean
  follower: string | null
  followTime: number | null
}

export interface ContactRow extends Audit {
  id: string
  values: Values
  enable: boolean
}

export interface FollowRow extends Audit {
  id: string
  values: Values
}

/** Somebody who owned a customer before (负责人记录). */
export interface PastOwner {
  id: string
  customerId: string
  owner: string
  collectionTime: number
  endTime: number
  operator: string
}

export interface Collaboration {
  id: string
  customerId: string
  userId: string
  collaborationType: 'READ_ONLY' | 'COLLABORATION'
}

export interface SavedView {
  id: string
  userId: string
  resource: string
  name: string
  fixed: boolean
  enable: boolean
  searchMode: 'AND' | 'OR'
  conditions: unknown[]
}
