using Spectre.Console;
using Spectre.Console.Rendering;

namespace BlueEdge.Tool.Output;

/// <summary>Consoles with colours where a person sees them, and without where a program reads or NO_COLOR is set.</summary>
internal static class Terminal
{
    /// <summary>Where nobody looks there is no edge to keep within.</summary>
    private const int NoEdge = 100_000;

    /// <summary>Writes to stdout; for programs without the spaces that fill lines up.</summary>
    public static void Write(IRenderable content)
    {
        if (!Console.IsOutputRedirected)
        {
            Create(Console.Out, isRedirected: false).Write(content);
            return;
        }

        using StringWriter text = new();
        Create(text, isRedirected: true).Write(content);
        foreach (var line in text.ToString().TrimEnd().Split('\n'))
        {
            Console.Out.WriteLine(line.TrimEnd());
        }
    }

    public static IAnsiConsole Error() => Create(Console.Error, Console.IsErrorRedirected);

    private static IAnsiConsole Create(TextWriter writer, bool isRedirected)
    {
        var isPlain = isRedirected
            || Environment.GetEnvironmentVariable("NO_COLOR") is { Length: > 0 }
            || Environment.GetEnvironmentVariable("TERM") is "dumb";
        var console = AnsiConsole.Create(new()
        {
            Ansi = isPlain ? AnsiSupport.No : AnsiSupport.Yes,
            ColorSystem = isPlain ? ColorSystemSupport.NoColors : ColorSystemSupport.Standard,
            Interactive = InteractionSupport.No,
            Out = new AnsiConsoleOutput(writer),
        });
        if (isRedirected)
        {
            console.Profile.Width = NoEdge;
        }

        return console;
    }
}
