export { default as DeliveryPage } from './DeliveryPage.vue'
export { default as SendingPage } from './sending/SendingPage.vue'
export { default as SettingsPage } from './settings/SettingsPage.vue'
