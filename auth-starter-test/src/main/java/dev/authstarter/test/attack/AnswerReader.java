package dev.authstarter.test.attack;

import java.io.ByteArrayOutputStream;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.ResponseInfo;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow.Subscription;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;

/**
 * Reads an answer of Java's HTTP client within the limits of {@link Target}.
 */
final class AnswerReader implements BodySubscriber<Answer> {

	private final ResponseInfo head;

	private final ByteArrayOutputStream body = new ByteArrayOutputStream();

	private final CompletableFuture<Answer> answer = new CompletableFuture<>();

	private volatile @Nullable Subscription subscription;

	/**
	 * Read an answer.
	 * @param head its status and headers
	 */
	AnswerReader(ResponseInfo head) {
		this.head = head;
	}

	@Override
	public CompletionStage<Answer> getBody() {
		return this.answer;
	}

	@Override
	public void onSubscribe(Subscription subscription) {
		this.subscription = subscription;
		CompletableFuture.delayedExecutor(Target.BODY_TIME.toMillis(), TimeUnit.MILLISECONDS)
			.execute(() -> finish(false));
		subscription.request(Long.MAX_VALUE);
	}

	@Override
	public void onNext(List<ByteBuffer> buffers) {
		if (this.answer.isDone()) {
			return;
		}
		for (ByteBuffer buffer : buffers) {
			byte[] bytes = new byte[buffer.remaining()];
			buffer.get(bytes);
			this.body.writeBytes(bytes);
		}
		if (this.body.size() > Target.BODY_SIZE) {
			finish(false);
		}
	}

	@Override
	public void onError(Throwable failure) {
		finish(false);
	}

	@Override
	public void onComplete() {
		finish(true);
	}

	private void finish(boolean complete) {
		if (this.answer.isDone()) {
			return;
		}
		HttpHeaders headers = new HttpHeaders();
		this.head.headers().map().forEach(headers::put);
		this.answer.complete(Answer.of(this.head.statusCode(), headers, this.body.toByteArray(), complete));
		Subscription reading = this.subscription;
		if (reading != null) {
			reading.cancel();
		}
	}

}
