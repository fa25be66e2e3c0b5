package com.example.clinic;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/**
 * As the Spring Initializr makes it.
 */
@SpringBootApplication
public class ClinicApplication {

	/**
	 * Start the API.
	 * @param args the command line
	 */
	public static void main(String[] args) {
		SpringApplication.run(ClinicApplication.class, args);
	}

}
