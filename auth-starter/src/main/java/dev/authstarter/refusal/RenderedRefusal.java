package dev.authstarter.refusal;

import org.springframework.http.HttpHeaders;

/**
 * What a refused request is answered with.
 *
 * @param status the status of the response
 * @param headers headers to set, the media type of the body among them
 * @param json the body, a JSON object
 */
public record RenderedRefusal(int status, HttpHeaders headers, String json) {

}
