package dev.authstarter.jose;

import com.nimbusds.jose.util.Base64URL;

/**
 * A signature that was decoded when the token was taken apart. Nimbus' verifiers want the
 * text and would decode it once more, at ten times the price.
 */
@SuppressWarnings("serial")
final class DecodedSignature extends Base64URL {

	private final transient byte[] bytes;

	DecodedSignature(String text, byte[] bytes) {
		super(text);
		this.bytes = bytes;
	}

	@Override
	public byte[] decode() {
		return this.bytes;
	}

}
