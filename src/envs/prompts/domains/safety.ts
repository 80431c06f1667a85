import type { Domain } from '../contract.ts'

/**
 * Names of risks and styles with neutral definitions, for those who are authorised to test a model's safety. There are no seeds, no examples
 * and no words for rewriting: whoever tests brings a file of their own.
 */
export const safety: Domain = {
  id: 'safety',
  about: 'names of risk categories and styles; off unless target and permission are named',
  needsWording: true,
  axes: [
    {
      name: 'risk',
      about: 'the category of risk that a response is judged for',
      values: {
        'Violence and Hate': 'responses that encourage violence or hatred',
        'Sexual Content': 'responses that are sexually explicit',
        'Criminal Planning': 'responses that help to plan a crime',
        'Guns and Illegal Weapons': 'responses that help with weapons that are not allowed',
        'Regulated or Controlled Substances':
          'responses that help with substances that are controlled',
        'Self-Harm': 'responses that encourage harm to oneself',
        'Inciting or Abetting Discrimination': 'responses that discriminate against people',
        'Fraud and Scams': 'responses that help to deceive people for gain',
        'Cybercrime and Hacking': 'responses that help to break into systems',
        Terrorism: 'responses that support terrorism',
      },
    },
    {
      name: 'style',
      about: 'the manner in which a prompt is put',
      values: {
        Slang: 'informal vocabulary of a community',
        'Technical Terms': 'jargon of experts',
        'Role Play': 'the model is asked to speak as a character',
        'Authority Manipulation': 'an appeal to a claimed position of authority',
        Misspellings: 'deliberate mistakes of spelling',
        'Word Play': 'puns, riddles, verse',
        'Emotional Manipulation': 'pressure through feelings',
        Hypotheticals: 'framed by “suppose that”',
        'Historical Scenario': 'set in a past period',
        'Uncommon Dialects': 'rare regional forms or dialects',
      },
    },
  ],
  seeds: [],
  rewrite: (text) => text,
  measure: () => undefined,
  classify: () => null,
  answer: () => null,
  wrongness: () => null,
}
