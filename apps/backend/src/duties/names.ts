/** Closes cycles that have collected, and judges those that have been run. */
export const CYCLES = "cycles";
/** Recomputes the vector and publishes it if it has changed. */
export const SCORING = "scoring";
/** Publishes the vector again if the last time is long ago. */
export const BROADCAST = "broadcast";
/** Forgets what can no longer matter. */
export const HOUSEKEEPING = "housekeeping";
/** Notices rules that have taken effect. */
export const RULES = "rules";
/** Says which candidates wait too long for a decision. */
export const REVIEWS = "reviews";
/** Starts and ends competitions at their blocks. */
export const COMPETITIONS = "competitions";
/** Notices leaders that are being lost. */
export const LEADERS = "leaders";
/** Says when the certificate of the snapshot key runs out. */
export const CERTIFICATE = "certificate";
/** Clears the signed texts of old results. */
export const RETENTION = "retention";
