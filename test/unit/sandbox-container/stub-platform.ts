import type { SandboxMember, SandboxMessage, SandboxPlatform } from '../../../sandbox/dingtalk/types.ts'

function member(userid: string, name: string, deptIds: number[], more: Partial<SandboxMember> = {}): SandboxMember {
  return { userid, unionid: `union-${userid}`, name, deptIds, leaderIn: [], active: true, sysLevel: 0, ...more }
}

/** A company of four, just big enough to watch the container at work; `sign` accepts the signature `good`. */
export function stubPlatform(): SandboxPlatform & {
  codes: Map<string, string>
  deliver: (userid: string, msg: Record<string, unknown>) => SandboxMessage
} {
  const members = [
    member('zhangsan', '张三', [2], { title: '销售经理', sysLevel: 1 }),
    member('lisi', '李四', [2, 3], { title: '销售代表' }),
    member('User_007@corp', '王五', [3]),
    member('guest', '外部联系人', [], { external: true }),
  ]
  const codes = new Map<string, string>()
  const messages = new Map<string, SandboxMessage[]>()
  const listeners = new Set<(userid: string, message: SandboxMessage) => void>()
  const app = {
    corpId: 'dingcorp1',
    corpName: '云岭科技',
    clientId: 'dingclient1',
    clientSecret: 'secret-1',
    agentId: 42,
    name: 'CRM',
    mobileHomepage: 'http://crm.test/?corpId=$CORPID$',
    pcHomepage: 'http://crm.test/?corpId=$CORPID$&pc=1',
  }

  return {
    codes,
    now: () => Date.now(),
    app: () => app,
    departments: () => [
      { deptId: 1, name: '云岭科技', parentId: undefined, order: 0, managerUserids: [] },
      { deptId: 2, name: '销售部', parentId: 1, order: 1, managerUserids: [] },
      { deptId: 3, name: '华东区', parentId: 2, order: 1, managerUserids: [] },
    ],
    members: () => members,
    member: userid => members.find(candidate => candidate.userid === userid),
    issueLoginCode({ userid, corpId, clientId }) {
      if (corpId !== app.corpId)
        return { errorCode: '3', errorMessage: 'invalid corpid' }
      if (clientId !== undefined && clientId !== app.clientId)
        return { errorCode: '3', errorMessage: 'invalid clientId' }
      const code = `code-${codes.size + 1}`
      codes.set(code, userid)
      return { code }
    },
    verifyJsapiConfig: ({ signature }) => (signature === 'good' ? undefined : { errorCode: '52013', errorMessage: '签名校验失败' }),
    messagesOf: userid => messages.get(userid) ?? [],
    markRead(userid, taskId) {
      const message = messages.get(userid)?.find(candidate => candidate.taskId === taskId)
      if (message)
        message.read = true
    },
    onMessage(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    deliver(userid, msg) {
      const message: SandboxMessage = { taskId: Math.floor(Math.random() * 1e9), sentAt: Date.now(), msg, read: false, recalled: false }
      messages.set(userid, [message, ...(messages.get(userid) ?? [])])
      listeners.forEach(listener => listener(userid, message))
      return message
    },
  }
}
