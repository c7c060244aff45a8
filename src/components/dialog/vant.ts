/** Vant's function-style components with their styles; fetched when the first one is needed. */
import { showConfirmDialog } from 'vant/es/dialog/index.mjs'
import { showToast } from 'vant/es/toast/index.mjs'
import 'vant/es/dialog/style/index'
import 'vant/es/toast/style/index'

export { showConfirmDialog, showToast }
