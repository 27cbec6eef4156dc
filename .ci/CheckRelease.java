import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;

import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;

/**
 * Checks a directory that a release was deployed to against what Maven Central asks for,
 * and compares it with a second one that was built elsewhere.
 */
final class CheckRelease {

	private static final List<String> POM_ELEMENTS = List.of("groupId", "artifactId", "version", "name", "description",
			"url", "licenses", "developers", "scm");

	private final List<String> mistakes = new ArrayList<>();

	private final Map<String, Long> published = new TreeMap<>();

	public static void main(String[] args) throws Exception {
		CheckRelease check = new CheckRelease();
		Path repository = Path.of(args[0]);
		for (Path pom : find(repository, ".pom")) {
			check.module(pom);
		}
		check.bom(find(repository, ".pom"));
		check.compare(repository, Path.of(args[1]));
		check.published.forEach((file, size) -> System.out.printf("%,12d  %s%n", size, file));
		check.mistakes.forEach(System.out::println);
		if (check.published.isEmpty() || !check.mistakes.isEmpty()) {
			System.out.println(check.mistakes.size() + " mistakes");
			System.exit(1);
		}
		System.out.println(check.published.size() + " files, complete and reproducible");
	}

	private void module(Path pom) throws Exception {
		Element project = parse(pom);
		for (String name : POM_ELEMENTS) {
			if (child(project, name) == null) {
				this.mistakes.add(pom + " has no <" + name + ">");
			}
		}
		if (child(project, "parent") != null) {
			this.mistakes.add(pom + " has a parent, which is not published");
		}
		if (Files.readString(pom).contains("SNAPSHOT")) {
			this.mistakes.add(pom + " mentions a snapshot");
		}
		NodeList dependencies = project.getElementsByTagName("dependency");
		for (int i = 0; i < dependencies.getLength(); i++) {
			if (child((Element) dependencies.item(i), "version") == null) {
				this.mistakes.add(pom + " has a dependency without a version");
			}
		}
		String base = pom.getFileName().toString().replaceFirst("\\.pom$", "");
		List<String> files = new ArrayList<>(List.of(base + ".pom"));
		Element packaging = child(project, "packaging");
		if (packaging == null || !packaging.getTextContent().equals("pom")) {
			files.addAll(List.of(base + ".jar", base + "-sources.jar", base + "-javadoc.jar", base + "-cyclonedx.json"));
		}
		for (String name : files) {
			file(pom.resolveSibling(name));
		}
	}

	private void file(Path file) throws Exception {
		if (!Files.exists(file)) {
			this.mistakes.add(file + " is missing");
			return;
		}
		if (!Files.exists(Path.of(file + ".asc"))) {
			this.mistakes.add(file + " is not signed");
		}
		for (String algorithm : List.of("MD5", "SHA-1")) {
			Path checksum = Path.of(file + "." + algorithm.replace("-", "").toLowerCase(java.util.Locale.ROOT));
			if (!Files.exists(checksum) || !Files.readString(checksum).strip().equals(digest(file, algorithm))) {
				this.mistakes.add(checksum + " is missing or wrong");
			}
		}
		this.published.put(file.getFileName().toString(), Files.size(file));
	}

	private void bom(List<Path> poms) throws Exception {
		for (Path pom : poms) {
			if (pom.getFileName().toString().startsWith("ultracart-sso-bom")) {
				NodeList managed = parse(pom).getElementsByTagName("dependency");
				if (managed.getLength() != poms.size() - 1) {
					this.mistakes.add(pom + " lists " + managed.getLength() + " of " + (poms.size() - 1) + " modules");
				}
				return;
			}
		}
		this.mistakes.add("There is no BOM");
	}

	private void compare(Path first, Path second) throws Exception {
		for (String suffix : List.of(".jar", ".pom", ".json", ".xml")) {
			for (Path file : find(first, suffix)) {
				Path other = second.resolve(first.relativize(file).toString());
				if (!file.getFileName().toString().startsWith("maven-metadata")
						&& (!Files.exists(other) || Files.mismatch(file, other) >= 0)) {
					this.mistakes.add(file + " is another one when built again");
				}
			}
		}
	}

	private static List<Path> find(Path directory, String suffix) throws IOException {
		try (Stream<Path> files = Files.walk(directory)) {
			return files.filter((file) -> file.toString().endsWith(suffix)).sorted().toList();
		}
	}

	private static Element parse(Path pom) throws Exception {
		try (InputStream content = Files.newInputStream(pom)) {
			return DocumentBuilderFactory.newDefaultInstance().newDocumentBuilder().parse(content).getDocumentElement();
		}
	}

	private static Element child(Element parent, String name) {
		for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
			if (node instanceof Element element && element.getTagName().equals(name)
					&& !element.getTextContent().isBlank()) {
				return element;
			}
		}
		return null;
	}

	private static String digest(Path file, String algorithm) throws Exception {
		return HexFormat.of().formatHex(MessageDigest.getInstance(algorithm).digest(Files.readAllBytes(file)));
	}

}
