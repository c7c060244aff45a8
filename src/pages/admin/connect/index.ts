export { default as DoctorPage } from './DoctorPage.vue'
export { default as GuidePage } from './GuidePage.vue'
