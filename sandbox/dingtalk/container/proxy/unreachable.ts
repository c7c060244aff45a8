/** What the frame shows while nothing answers at the app's address; it tries again by itself. */
export function unreachablePage(target: string, reason: string): string {
  return `<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><meta http-equiv="refresh" content="3">
<meta name="viewport" content="width=device-width"><title>无法打开应用</title>
<style>body{font:14px/1.7 system-ui,sans-serif;color:#171a1d;background:#f5f6f8;display:grid;place-content:center;min-height:100vh;margin:0;padding:24px;text-align:center}p{color:#747677;margin:4px 0}</style>
</head><body><h1 style="font-size:17px">应用暂时没有响应</h1><p>${escapeHtml(target)}</p><p>${escapeHtml(reason)}</p><p>3 秒后自动重试</p></body></html>`
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"]/g, character => `&#${character.charCodeAt(0)};`)
}
