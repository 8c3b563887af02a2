using System.CommandLine;
using BlueEdge.Tool.CommandLine;

namespace BlueEdge.Tool.Sessions;

/// <summary>What <c>-i NAME=VALUE</c> says.</summary>
/// <param name="Name">A channel of start data, or an input of a single engine.</param>
/// <param name="File">The file that is the payload, or <see langword="null"/>.</param>
/// <param name="Text">The payload itself, where it is no file.</param>
internal sealed record SessionInput(string Name, string? File, string Text)
{
    public static Option<string[]> Option() => new("--input", "-i")
    {
        Description = "Feeds a start-data channel, or an input: NAME=@FILE, NAME=@- for stdin, or NAME=JSON; what is no JSON is a string. Takes the place of what the file feeds it; again for further items.",
        HelpName = "NAME=VALUE",
        Arity = ArgumentArity.ZeroOrMore,
    };

    /// <exception cref="ToolException">It has no name.</exception>
    public static SessionInput Parse(string text) =>
        text.IndexOf('=', StringComparison.Ordinal) is > 0 and var equals
            ? text[(equals + 1)..] is ['@', .. var file] ? new(text[..equals], file, "") : new(text[..equals], File: null, text[(equals + 1)..])
            : throw ToolException.Usage($"'-i {text}' names nothing: it is like -i Control=@control.json or -i Name=value.");
}
