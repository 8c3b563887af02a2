using System.Text.Encodings.Web;
using System.Text.Json;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace BlueEdge.Tool.Output;

/// <summary>Writes data to stdout, and nothing else goes there.</summary>
internal sealed class Printer(OutputFormat format)
{
    public const string Table = "table";
    public const string Json = "json";
    public const string JsonLines = "jsonl";

    private static readonly JsonWriterOptions Line = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };
    private static readonly JsonWriterOptions Indented = Line with { Indented = true };

    public OutputFormat Format => format;

    public bool IsTable => format is OutputFormat.Table;

    /// <summary>Writes one JSON value, as the format has it.</summary>
    public void WriteJson(Action<Utf8JsonWriter> write)
    {
        using var stdout = Console.OpenStandardOutput();
        using (var json = new Utf8JsonWriter(stdout, format is OutputFormat.Json ? Indented : Line))
        {
            write(json);
        }

        stdout.WriteByte((byte)'\n');
    }

    public void WriteJson(JsonElement value) => WriteJson(value.WriteTo);

    public static void WriteText(string text) => Console.Out.WriteLine(text);

    /// <summary>Writes rows under their names. What does not fit is cut on a terminal only.</summary>
    public static void WriteTable(IEnumerable<string> columns, IEnumerable<IEnumerable<IRenderable>> rows)
    {
        var table = new Spectre.Console.Table { Border = TableBorder.None, ShowRowSeparators = false };
        foreach (var column in columns)
        {
            table.AddColumn(new TableColumn(new Text(column, new(decoration: Decoration.Bold))) { NoWrap = true, Padding = new(0, 0, 2, 0) });
        }

        foreach (var row in rows)
        {
            table.AddRow(row);
        }

        Terminal.Write(table);
    }

    /// <summary>Writes names and what belongs to them.</summary>
    public static void WriteFacts(IEnumerable<(string Name, IRenderable Value)> facts)
    {
        var grid = new Grid();
        grid.AddColumn(new() { NoWrap = true, Padding = new(0, 0, 2, 0) });
        grid.AddColumn(new() { Padding = new(0, 0, 0, 0) });
        foreach (var (name, value) in facts)
        {
            grid.AddRow(new Text(name, new(decoration: Decoration.Bold)), value);
        }

        Terminal.Write(grid);
    }
}
