/** What the inline script of index.html leaves for the bundle. */
interface EarlyStart {
  /** The URL carried a code or authCode we did not issue; it is gone from the URL. */
  foreignCode: boolean
  /** From the homepage's `?corpId=$CORPID$`; null when absent or not replaced. */
  corpId: string | null
  session?: Promise<Response>
  bootstrap?: Promise<Response>
  /** Only where somebody was logged in before and the path is the workbench's. */
  today?: Promise<Response>
}

interface Window {
  __early?: EarlyStart
}
