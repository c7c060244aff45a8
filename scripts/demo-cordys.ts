import type { Cordys } from '../sandbox/cordys/index.ts'
import type { Sandbox } from '../sandbox/index.ts'
import { startCordys } from '../sandbox/cordys/index.ts'

/** A fake Cordys CRM server with the people of the sample company, who may also come in by DingTalk's login. */
export function startDemoCordys({ platform, platformUrl, app }: Sandbox, port: number): Promise<Cordys> {
  return startCordys({
    port,
    company: { departments: platform.departments(), members: platform.members() },
    settings: {
      dingtalk: {
        agentId: app.clientId,
        appSecret: app.clientSecret,
        corpId: app.corpId,
        appId: String(app.agentId),
        apiBase: platformUrl,
        oapiBase: platformUrl,
      },
    },
  })
}

/** How people of the demo connect to it. */
export function cordysHint(url: string): string {
  return `
    the sandbox Cordys CRM                    ${url}

  Connect a person with phone and the phone's last six digits: 赵六 13800001004 / 001004, 王五 13800001003 / 001003,
  李四 13800001002 / 001002, 张三 13800001001 / 001001.`
}
