package dev.authstarter.test.attack.endpoint;

/**
 * A value that a controller method reads from a request, other than from its path and
 * body.
 *
 * @param place the part of the request
 * @param name its name there
 * @param required whether a request without it is refused
 */
public record Parameter(Place place, String name, boolean required) {

}
