// The look of native layers, for overlay.js.
(() => {
  window.__dingtalkContainer.layerCss = `
    :host { all: initial }
    * { box-sizing: border-box; font-family: -apple-system, "PingFang SC", "HarmonyOS Sans SC", "Noto Sans CJK SC", "Microsoft YaHei", sans-serif }
    .mask { position: fixed; inset: 0; z-index: 2147483000; display: flex; align-items: center; justify-content: center; background: rgb(0 0 0 / 40%); color: #171a1d; font-size: 15px; line-height: 1.5 }
    .mask.bottom { align-items: flex-end }
    .toast { position: fixed; left: 50%; top: 45%; transform: translate(-50%, -50%); z-index: 2147483001; max-width: 70%; padding: 12px 18px; border-radius: 8px; background: rgb(23 26 29 / 86%); color: #fff; font-size: 14px; line-height: 1.5; text-align: center; pointer-events: none; overflow-wrap: anywhere }
    .notice { position: fixed; left: 12px; right: 12px; top: 12px; z-index: 2147483001; max-width: 420px; margin: 0 auto; padding: 12px 14px; border-radius: 12px; background: #fff; border: 1px solid #e0e3e7; box-shadow: 0 6px 24px rgb(0 0 0 / 12%); color: #171a1d; font-size: 14px; line-height: 1.5 }
    .notice b { display: block; color: #007fff; font-size: 12px; font-weight: 600 }
    .dialog { width: min(300px, 84%); border-radius: 12px; background: #fff; overflow: hidden; text-align: center }
    .dialog .text { padding: 20px 20px 16px }
    .dialog h2 { margin: 0 0 6px; font-size: 17px; font-weight: 600 }
    .dialog p { margin: 0; color: #52565a; overflow-wrap: anywhere; white-space: pre-wrap }
    .buttons { display: flex; border-top: 1px solid #eceef0 }
    button { border: 0; background: none; color: inherit; font-size: 16px; cursor: pointer; padding: 12px; min-height: 44px }
    button:focus-visible { outline: 2px solid #007fff; outline-offset: -2px }
    button:disabled { color: #a2a6ab; cursor: default }
    .buttons button { flex: 1; border-left: 1px solid #eceef0 }
    .buttons button:first-child { border-left: 0 }
    .primary { color: #007fff; font-weight: 600 }
    .sheet { width: 100%; max-width: 560px; max-height: 88%; display: flex; flex-direction: column; border-radius: 16px 16px 0 0; background: #fff; overflow: hidden }
    .desktop .mask.bottom { align-items: center }
    .mask.desktop.bottom { align-items: center }
    .mask.desktop .sheet { border-radius: 12px; max-width: 480px; max-height: 80% }
    .sheet header { display: flex; align-items: center; border-bottom: 1px solid #eceef0 }
    .sheet header h2 { flex: 1; margin: 0; font-size: 16px; font-weight: 600; text-align: center; overflow: hidden; text-overflow: ellipsis; white-space: nowrap }
    .scroll { overflow: auto; min-height: 120px; flex: 1; overscroll-behavior: contain }
    .row { display: flex; width: 100%; gap: 12px; align-items: center; padding: 10px 16px; min-height: 52px; border-bottom: 1px solid #f2f3f5; text-align: left; font-size: 15px }
    .row small { display: block; color: #85898e; font-size: 12px }
    .row .grow { flex: 1; min-width: 0 }
    .row input[type=checkbox] { width: 18px; height: 18px; accent-color: #007fff; flex: none }
    .stack { display: block; width: 100%; border-bottom: 1px solid #f2f3f5 }
    .gap { height: 8px; background: #f2f3f5 }
    .hint { padding: 8px 16px; color: #85898e; font-size: 12px; border-top: 1px solid #eceef0 }
    textarea.field { display: block; width: calc(100% - 32px); margin: 12px 16px; padding: 8px 12px; border: 1px solid #d5d8dc; border-radius: 8px; font: inherit; font-size: 15px; background: #fff; color: inherit; resize: vertical }
    input.field { width: calc(100% - 32px); margin: 12px 16px; height: 40px; padding: 0 12px; border: 1px solid #d5d8dc; border-radius: 8px; font-size: 15px; background: #fff; color: inherit }
    .panel { position: fixed; top: 0; right: 0; bottom: 0; width: min(480px, 100%); z-index: 2147483000; display: flex; flex-direction: column; background: #fff; border-left: 1px solid #d5d8dc }
    .panel.modal { inset: 0; margin: auto; border: 1px solid #d5d8dc; border-radius: 8px; overflow: hidden }
    .panel header { display: flex; align-items: center; height: 48px; padding-left: 16px; border-bottom: 1px solid #eceef0; font-size: 15px; color: #171a1d }
    .panel header span { flex: 1 }
    .panel iframe { flex: 1; border: 0; width: 100% }
    .corner { position: fixed; right: 12px; top: 12px; z-index: 2147482999; display: flex; gap: 8px }
    .corner button { background: #fff; border: 1px solid #d5d8dc; border-radius: 18px; padding: 6px 14px; min-height: 36px; font-size: 14px; color: #007fff }
    .viewer { flex-direction: column; background: #000; color: #fff; gap: 12px }
    .viewer img { max-width: 100%; max-height: 80%; object-fit: contain }
    .closed { background: #f5f6f8; flex-direction: column; gap: 12px; color: #52565a }
    .spinner { width: 22px; height: 22px; margin: 2px auto 8px; border: 2px solid rgb(255 255 255 / 35%); border-top-color: #fff; border-radius: 50%; animation: turn .8s linear infinite }
    @keyframes turn { to { transform: rotate(1turn) } }
  `
})()
