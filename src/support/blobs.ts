import { accountKey, read, write } from './storage.ts'

/*
 * Pictures of drafts: too big for localStorage, so in IndexedDB, one database per account. A mark in
 * localStorage names the accounts that have one, because old engines cannot list databases;
 * `wipeAccounts` (storage.ts) removes both.
 */

const store = 'pictures'
const mark = 'blobs'
const nameOf = (accountId: string) => `crm:${accountId}`

function open(accountId: string): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(nameOf(accountId), 1)
    request.onupgradeneeded = () => request.result.createObjectStore(store)
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error ?? new Error('IndexedDB refused'))
    request.onblocked = () => reject(new Error('IndexedDB is blocked'))
  })
}

async function use<T>(accountId: string, mode: IDBTransactionMode, work: (of: IDBObjectStore) => IDBRequest<T>): Promise<T> {
  const database = await open(accountId)
  try {
    return await new Promise<T>((resolve, reject) => {
      const transaction = database.transaction(store, mode)
      const request = work(transaction.objectStore(store))
      transaction.oncomplete = () => resolve(request.result)
      transaction.onerror = transaction.onabort = () => reject(transaction.error ?? new Error('IndexedDB refused'))
    })
  }
  finally {
    database.close()
  }
}

/** Keeps a picture on this device. @returns whether it could be kept: quotas and private modes refuse */
export async function keepBlob(accountId: string, id: string, blob: Blob): Promise<boolean> {
  try {
    write(accountKey(accountId, mark), '1')
    await use(accountId, 'readwrite', of => of.put(blob, id))
    return true
  }
  catch {
    return false
  }
}

/** The picture, or null when this device no longer has it. */
export async function keptBlob(accountId: string, id: string): Promise<Blob | null> {
  try {
    const found: unknown = await use(accountId, 'readonly', of => of.get(id) as IDBRequest<unknown>)
    return found instanceof Blob ? found : null
  }
  catch {
    return null
  }
}

/** Removes it from this device. */
export async function dropBlob(accountId: string, id: string): Promise<void> {
  await use(accountId, 'readwrite', of => of.delete(id)).catch(() => {})
}

/** Removes the pictures nothing needs any more; what is needed is asked once it is known what there is. */
export async function sweepBlobs(accountId: string, needed: () => ReadonlySet<string>): Promise<void> {
  if (!read(accountKey(accountId, mark)))
    return
  const ids = await use(accountId, 'readonly', of => of.getAllKeys()).catch(() => [])
  const keep = needed()
  await Promise.all(ids.map(String).filter(id => !keep.has(id)).map(id => dropBlob(accountId, id)))
}
