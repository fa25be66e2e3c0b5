package dev.authstarter.test.attack.data;

/**
 * A value that is added to a request.
 *
 * @param slot its position in the request
 * @param pick the value
 */
record Extra(Slot slot, Pick pick) {

}
