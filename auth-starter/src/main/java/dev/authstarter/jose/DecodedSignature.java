package dev.authstarter.jose;

import com.nimbusds.jose.util.Base64URL;

/**
 * A signature that was decoded when the token was parsed. Nimbus' verifiers take the
 * encoded text and would decode it again.
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
