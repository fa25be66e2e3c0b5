package dev.authstarter.test.attack.endpoint;

/**
 * A value that a controller's method takes from a request, beside its path and its body.
 *
 * @param place where it stands
 * @param name its name there
 * @param required whether a request without it is refused
 */
public record Parameter(Place place, String name, boolean required) {

}
