/** Text for HTML, quotes included. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, character => `&#${character.charCodeAt(0)};`)
}

const STYLE = `
  :root{color-scheme:light dark;--page:#f3f5f8;--card:#fff;--line:#e6eaee;--text:#16202a;--soft:#5b6875;--accent:#1677ff}
  @media(prefers-color-scheme:dark){:root{--page:#0f1317;--card:#191f25;--line:#2a323a;--text:#e8edf2;--soft:#a7b2bd;--accent:#4d9bff}}
  *{box-sizing:border-box}
  body{margin:0;min-height:100vh;display:grid;place-items:center;padding:16px;background:var(--page);color:var(--text);
    font:14px/1.5 "PingFang SC","HarmonyOS Sans SC","Noto Sans CJK SC","Microsoft YaHei",sans-serif}
  main{width:100%;max-width:440px;background:var(--card);border:1px solid var(--line);border-radius:12px;padding:24px}
  h1{font-size:20px;margin:0 0 4px}p{margin:0 0 16px;color:var(--soft)}
  form.search{display:flex;gap:8px;margin-bottom:12px}
  input[type=search]{flex:1;min-width:0;padding:8px 12px;border:1px solid var(--line);border-radius:8px;background:transparent;color:inherit;font:inherit}
  button{padding:8px 16px;border:1px solid var(--line);border-radius:8px;background:transparent;color:inherit;font:inherit;cursor:pointer}
  ul{list-style:none;margin:0 0 16px;padding:0;max-height:52vh;overflow:auto;border-top:1px solid var(--line)}
  li a{display:flex;gap:12px;align-items:center;padding:10px 4px;color:inherit;text-decoration:none;border-bottom:1px solid var(--line)}
  li a:hover,li a:focus-visible{background:color-mix(in srgb,var(--accent) 8%,transparent)}
  .face{flex:none;width:36px;height:36px;border-radius:8px;display:grid;place-items:center;background:var(--accent);color:#fff;font-size:13px}
  .who{flex:1;min-width:0}.who b{font-weight:500}.who small{display:block;color:var(--soft);white-space:nowrap;overflow:hidden;text-overflow:ellipsis}
  .tag{flex:none;font-size:12px;color:var(--soft);border:1px solid var(--line);border-radius:4px;padding:0 6px}
  .refuse{width:100%}footer{margin-top:16px;font-size:12px;color:var(--soft);text-align:center}`

/** A page of the fake login site; `body` is HTML. */
export function page(title: string, body: string): string {
  return `<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>${escapeHtml(title)}</title>
<link rel="icon" href="data:,"><style>${STYLE}</style></head>
<body><main>${body}<footer>钉钉沙箱 · 仅供演示与测试</footer></main></body></html>`
}
