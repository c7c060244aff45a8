/** Vant's function-style components with their styles; fetched when the first one is needed. */
import { showConfirmDialog, showToast } from 'vant'
import 'vant/es/dialog/style/index'
import 'vant/es/toast/style/index'

export { showConfirmDialog, showToast }
