import type { Component, InjectionKey } from 'vue'
import type { About } from '../crm/kinds.ts'
import type { FieldValue, FormField, Named } from './types.ts'
import { inject, provide } from 'vue'

/** A form of its own, in the field's sheet: takes `kind`, `about` and `name`; emits `made` with the record, or `cancel`. */
export interface Creation {
  component: Component
  /** What the new record belongs to. */
  about: About
}

/** What fields of the CRM need from outside; forms of our own settings need nothing of it. */
export interface FormServices {
  /** What can be chosen in a member, department or record field. */
  search: (field: FormField, keyword: string, signal: AbortSignal) => Promise<readonly Named[]>
  /** What makes a record that is missing in a field without leaving the form, for somebody who may. */
  creation?: (field: FormField) => Creation | null
  /** The value of another field of the form. */
  valueOf: (key: string) => FieldValue | undefined
}

const key: InjectionKey<FormServices> = Symbol('form services')

export function provideFormServices(services: FormServices): void {
  provide(key, services)
}

/** @throws outside a page that provides them, which is a mistake of ours */
export function useFormServices(): FormServices {
  const services = inject(key)
  if (!services)
    throw new Error('this form has fields of the CRM but nobody provides them')
  return services
}
