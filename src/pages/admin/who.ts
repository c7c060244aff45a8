import { textFor } from '../../locales/index.ts'

/** Who did something: a person's name, or in words what the server names when it was no person. */
export function who(name: string): string {
  return textFor(`admin.by.${name}`) ?? name
}
