package guard

// covered are the languages with a licensed list of slurs and profanity.
var covered = map[string]bool{"ar": true, "de": true, "en": true, "es": true, "fr": true, "ja": true}
