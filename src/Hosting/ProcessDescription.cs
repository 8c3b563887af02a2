using System.Reflection;

namespace BlueEdge.Hosting;

/// <summary>What a process is to those who start it.</summary>
/// <param name="Ready">What it does once it is ready, as the first words of a sentence that ends with its address.</param>
/// <param name="Address">Where it listens unless told otherwise.</param>
/// <param name="Pages">Pages that it serves to people: what each is, by its path.</param>
public sealed record ProcessDescription(string Ready, string Address, params (string What, string Path)[] Pages)
{
    /// <summary>Where its data lie, or <see langword="null"/> where it has none of its own.</summary>
    public string? DataPath { get; init; }

    /// <summary>What was found before there was a log, and belongs into it.</summary>
    public IReadOnlyList<string> Notices { get; init; } = [];

    /// <summary>The version of the program; <see langword="null"/> where its assembly says none.</summary>
    public static string? Version { get; } = Assembly.GetEntryAssembly()?.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion;

    /// <summary>What part it plays, for the first line of its log and for what it exports.</summary>
    public required string Mode { get; init; }
}
