using System.Collections.Immutable;

namespace BlueEdge.Samples.Tools;

/// <summary>One run of a command-line tool.</summary>
internal sealed record ToolCommand
{
    /// <summary>A name to look for on the PATH, or a path.</summary>
    public required string Program { get; init; }

    /// <summary>The Debian package that brings the program, for the message where it is missing.</summary>
    public required string Package { get; init; }

    /// <summary>Handed over one by one and never read by a shell, so that a file's name cannot become an option's value.</summary>
    public required ImmutableArray<string> Arguments { get; init; }

    /// <summary>What the run may take.</summary>
    public required ToolLimits Limits { get; init; }

    /// <summary>Variables set for the tool besides those it inherits.</summary>
    public ImmutableDictionary<string, string> Environment { get; init; } = [];

    /// <summary>What the tool reads from its standard input.</summary>
    public ReadOnlyMemory<byte> Input { get; init; }
}
