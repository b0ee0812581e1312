import { createForms, type Forms } from './forms.ts';
import { SEGOE, type Writing } from './writing.ts';

// British dates, without the comma and the fourth letter of September: people read these in a hurry.
const british = createForms('en-GB', { unknownDate: 'at an unknown date' });
const tidy = (date: string) => date.replace(/^(\p{L}+),/u, '$1').replace('Sept', 'Sep');
const forms: Forms = {
  ...british,
  day: (at, zone) => tidy(british.day(at, zone)),
  moment: (at, zone) => tidy(british.moment(at, zone)),
  exact: (at, zone) => tidy(british.exact(at, zone)),
};

/** Apart from the catalogue, because operators read English in whatever language the others read. */
export const english: Writing = { language: 'en', fonts: SEGOE, forms };
