package dev.authstarter.sample.page;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import java.util.stream.Stream;

import org.openqa.selenium.By;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebDriverException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;
import org.openqa.selenium.support.ui.ExpectedCondition;
import org.openqa.selenium.support.ui.ExpectedConditions;
import org.openqa.selenium.support.ui.WebDriverWait;

/**
 * The installed Chromium without a window. Nothing is downloaded.
 */
final class Browser implements AutoCloseable {

	private static final Path SCREENSHOTS = Path.of("target/screenshots");

	private static final Duration PATIENCE = Duration.ofSeconds(10);

	private final ChromeDriver driver;

	Browser() {
		ChromeOptions options = new ChromeOptions();
		options.setBinary(find("chromium").orElseThrow().toFile());
		options.addArguments("--headless=new", "--disable-gpu", "--disable-dev-shm-usage", "--hide-scrollbars",
				"--force-device-scale-factor=1", "--lang=en-GB");
		if ("root".equals(System.getProperty("user.name"))) {
			options.addArguments("--no-sandbox"); // there is none for root
		}
		LoggingPreferences logs = new LoggingPreferences();
		logs.enable(LogType.BROWSER, Level.ALL);
		options.setCapability("goog:loggingPrefs", logs);
		ChromeDriverService service = new ChromeDriverService.Builder()
			.usingDriverExecutable(find("chromedriver").orElseThrow().toFile())
			.build();
		this.driver = new ChromeDriver(service, options);
		resize(1280, 900);
	}

	static boolean isInstalled() {
		return find("chromium").isPresent() && find("chromedriver").isPresent();
	}

	private static Optional<Path> find(String program) {
		return Stream.of(Optional.ofNullable(System.getenv("PATH")).orElse("").split(File.pathSeparator, -1))
			.map((directory) -> Path.of(directory, program))
			.filter(Files::isExecutable)
			.findFirst();
	}

	void open(String url) {
		this.driver.get(url);
	}

	void forgetAllUsers() {
		this.driver.manage().deleteAllCookies();
	}

	/** What a person does: wait until it can be clicked. */
	void click(String css) {
		WebElement element = await(ExpectedConditions.elementToBeClickable(By.cssSelector(css)));
		this.driver.executeScript("arguments[0].scrollIntoView({ block: 'center' })", element);
		element.click();
	}

	void type(String css, String text) {
		await(ExpectedConditions.visibilityOfElementLocated(By.cssSelector(css))).sendKeys(text);
	}

	void replace(String css, String text) {
		WebElement field = await(ExpectedConditions.visibilityOfElementLocated(By.cssSelector(css)));
		field.clear();
		field.sendKeys(text);
	}

	void choose(String css, String value) {
		click(css + " option[value='" + value + "']");
	}

	void pressKeys(CharSequence... keys) {
		this.driver.switchTo().activeElement().sendKeys(keys);
	}

	WebElement focused() {
		return this.driver.switchTo().activeElement();
	}

	void awaitText(String css, String text) {
		await((driver) -> text(css).contains(text));
	}

	void awaitVisible(String css) {
		await(ExpectedConditions.visibilityOfElementLocated(By.cssSelector(css)));
	}

	<T> T await(ExpectedCondition<T> condition) {
		// The page draws anew and pages change, so what was just found may be gone.
		return new WebDriverWait(this.driver, PATIENCE).ignoring(WebDriverException.class).until(condition);
	}

	/** In one step, because the page may draw anew; empty if there is none to be seen. */
	String text(String css) {
		return String.valueOf(this.driver.executeScript(
				"const element = document.querySelector(arguments[0]); return element?.checkVisibility() ? element.textContent : ''",
				css));
	}

	List<WebElement> visible(String css) {
		return this.driver.findElements(By.cssSelector(css)).stream().filter(WebElement::isDisplayed).toList();
	}

	/** Left and right of the window nothing may be hidden. */
	long overflow() {
		Object pixels = this.driver
			.executeScript("return document.documentElement.scrollWidth - document.documentElement.clientWidth");
		return (pixels instanceof Long number) ? number : -1;
	}

	void scrollTo(String css) {
		this.driver.executeScript("document.querySelector(arguments[0]).scrollIntoView({ block: 'center' })", css);
	}

	/** How high something is, in pixels. */
	int height(String css) {
		return this.driver.findElement(By.cssSelector(css)).getSize().getHeight();
	}

	/** What the page has copied. */
	String clipboard() {
		this.driver.executeCdpCommand("Browser.grantPermissions",
				Map.of("permissions", List.of("clipboardReadWrite", "clipboardSanitizedWrite")));
		return String.valueOf(this.driver.executeAsyncScript(
				"const done = arguments[arguments.length - 1]; navigator.clipboard.readText().then(done, (error) => done(String(error)))"));
	}

	/** Smaller than any window may be. */
	void resize(int width, int height) {
		this.driver.executeCdpCommand("Emulation.setDeviceMetricsOverride",
				Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
	}

	void prefer(String colorScheme) {
		this.driver.executeCdpCommand("Emulation.setEmulatedMedia",
				Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", colorScheme))));
	}

	/**
	 * Return the errors of the console, without those about refused calls and about
	 * missing CORS headers of an issuer that is down.
	 */
	List<String> complaints() {
		return this.driver.manage()
			.logs()
			.get(LogType.BROWSER)
			.getAll()
			.stream()
			.map(LogEntry::getMessage)
			.filter((message) -> !message.contains("Failed to load resource") && !message.contains("by CORS policy"))
			.toList();
	}

	void screenshot(String name) {
		try {
			Files.createDirectories(SCREENSHOTS);
			Files.write(SCREENSHOTS.resolve(name + ".png"), this.driver.getScreenshotAs(OutputType.BYTES));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@Override
	public void close() {
		this.driver.quit();
	}

}
