// The limits of the server for what is typed. A file of their own: a link's values are cut before there is a form.

export const NAME_MAX = 100;
export const EMAIL_MAX = 254;
export const PHONE_MAX = 40;
export const NOTE_MAX = 2000;
export const GUESTS_MAX = 10;
export const ANSWER_MAX = 200;
export const LONG_ANSWER_MAX = 2000;
