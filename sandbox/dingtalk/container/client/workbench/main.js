import { api } from './api.js'
import { createSidebar } from './sidebar.js'
import { createStage } from './stage.js'

const state = await api.state()
const stage = createStage(document.getElementById('stage'), state)
createSidebar(document.getElementById('sidebar'), state, stage)
