package dev.authstarter.test.attack.data;

/**
 * A value that a request has beside what it needs.
 *
 * @param slot where it stands
 * @param pick what it is
 */
record Extra(Slot slot, Pick pick) {

}
