package dev.authstarter.refusal;

import org.springframework.http.HttpHeaders;

/**
 * The response to a refused request.
 *
 * @param status the status of the response
 * @param headers the headers, including the media type of the body
 * @param json the body, a JSON object
 */
public record RenderedRefusal(int status, HttpHeaders headers, String json) {

}
