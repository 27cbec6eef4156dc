/*
 * Copyright 2026-present the original author or authors.
 *
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *      https://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */

package io.github.ultracartsso.web;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpServletResponse;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;

/**
 * Sends responses of type {@code application/problem+json} (RFC 9457). Not part of the
 * API.
 */
public final class ProblemResponse {

	private static final List<String> OF_THE_BODY = List.of(HttpHeaders.CONTENT_LENGTH, HttpHeaders.CONTENT_ENCODING,
			HttpHeaders.CONTENT_DISPOSITION, HttpHeaders.CONTENT_LANGUAGE, HttpHeaders.CONTENT_RANGE, HttpHeaders.ETAG,
			HttpHeaders.LAST_MODIFIED);

	private final JsonMapper jsonMapper = JsonMapper
		.builder(JsonFactory.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build())
		.build();

	/**
	 * Discards what a view may have written before it failed, together with the headers
	 * that describe it. All others stay, such as cookies and security headers.
	 * @param response the response, which is not committed
	 */
	public static void discardBegunBody(HttpServletResponse response) {
		response.resetBuffer();
		OF_THE_BODY.forEach((header) -> response.setHeader(header, null));
	}

	/**
	 * Sends a problem.
	 * @param response the response, which is not committed
	 * @param status the status
	 * @param detail what is wrong
	 * @param more more members
	 * @throws IOException if the response cannot be written
	 */
	public void send(HttpServletResponse response, HttpStatus status, String detail, Map<String, ?> more)
			throws IOException {
		Map<String, Object> problem = new LinkedHashMap<>();
		problem.put("type", "about:blank");
		problem.put("title", status.getReasonPhrase());
		problem.put("status", status.value());
		problem.put("detail", detail);
		problem.putAll(more);
		response.setStatus(status.value());
		response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
		write(this.jsonMapper.writeValueAsString(problem), response);
	}

	/**
	 * A response whose writer has been used has no output stream any more. Its encoding
	 * is fixed and not always known, so the JSON is ASCII.
	 */
	private static void write(String json, HttpServletResponse response) throws IOException {
		ServletOutputStream stream;
		try {
			stream = response.getOutputStream();
		}
		catch (IllegalStateException ex) {
			response.getWriter().write(json);
			return;
		}
		byte[] body = json.getBytes(StandardCharsets.US_ASCII);
		response.setContentLength(body.length);
		stream.write(body);
	}

}
