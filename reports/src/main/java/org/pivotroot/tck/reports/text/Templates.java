package org.pivotroot.tck.reports.text;

import io.pebbletemplates.pebble.PebbleEngine;
import io.pebbletemplates.pebble.extension.AbstractExtension;
import io.pebbletemplates.pebble.extension.Filter;
import io.pebbletemplates.pebble.extension.escaper.EscapingStrategy;
import io.pebbletemplates.pebble.extension.escaper.SafeString;
import io.pebbletemplates.pebble.loader.ClasspathLoader;
import io.pebbletemplates.pebble.template.EvaluationContext;
import io.pebbletemplates.pebble.template.PebbleTemplate;
import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The Pebble templates of {@code templates/}. Every value is escaped for the language it goes to.
 */
public final class Templates {
  private static final PebbleEngine HTML = engine("html", null);
  private static final PebbleEngine MARKDOWN = engine("markdown", Markdown::escape);

  private Templates() {}

  private static PebbleEngine engine(String language, EscapingStrategy strategy) {
    Loader loader = new Loader();
    loader.setPrefix("templates");
    loader.setSuffix(".peb");
    PebbleEngine.Builder builder =
        new PebbleEngine.Builder()
            .loader(loader)
            .extension(new Filters())
            .strictVariables(true)
            .newLineTrimming(false)
            .defaultLocale(Locale.ROOT)
            .autoEscaping(true)
            .defaultEscapingStrategy(language);
    if (strategy != null) {
      builder.addEscapingStrategy(language, strategy);
    }
    return builder.build();
  }

  /** Fills an HTML template. */
  public static String html(String template, Map<String, Object> model) {
    return fill(HTML, template, model);
  }

  /** Fills a Markdown template. */
  public static String markdown(String template, Map<String, Object> model) {
    return fill(MARKDOWN, template, model);
  }

  /** Takes a line that holds a tag and nothing else for no line of the text. */
  private static final class Loader extends ClasspathLoader {
    private static final Pattern TAG_LINE = Pattern.compile("(?m)^(\\{%(?:(?!%}).)*%})\n");

    @Override
    public Reader getReader(String template) {
      try (Reader reader = super.getReader(template)) {
        StringWriter text = new StringWriter();
        reader.transferTo(text);
        return new StringReader(TAG_LINE.matcher(text.toString()).replaceAll("$1"));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private static final class Filters extends AbstractExtension {
    @Override
    public Map<String, Filter> getFilters() {
      return Map.of("codeblock", new CodeBlock());
    }
  }

  /** Lines, or a text of several, as a Markdown code block. */
  private static final class CodeBlock implements Filter {
    @Override
    public Object apply(
        Object input,
        Map<String, Object> arguments,
        PebbleTemplate self,
        EvaluationContext context,
        int lineNumber) {
      List<String> lines =
          input instanceof List<?> list
              ? list.stream().map(String::valueOf).toList()
              : String.valueOf(input).lines().toList();
      return new SafeString(Markdown.block(lines));
    }

    @Override
    public List<String> getArgumentNames() {
      return List.of();
    }
  }

  private static String fill(PebbleEngine engine, String template, Map<String, Object> model) {
    StringWriter writer = new StringWriter();
    try {
      engine.getTemplate(template).evaluate(writer, model);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return writer.toString();
  }
}
