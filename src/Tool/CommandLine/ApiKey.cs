namespace BlueEdge.Tool.CommandLine;

/// <summary>By what the server knows who calls: of the environment alone, for options stand in lists of processes.</summary>
internal static class ApiKey
{
    private const string Variable = "BLUEEDGE_KEY";

    /// <summary>The key; <see langword="null"/> where there is none.</summary>
    /// <exception cref="ToolException">It is none, and cannot be sent.</exception>
    public static string? Read() => Environment.GetEnvironmentVariable(Variable)?.Trim() switch
    {
        null or "" => null,
        var key when key.All(letter => letter is > ' ' and <= '~') => key,
        _ => throw new ToolException(ExitCodes.Faults, $"{Variable} is no API key, which is like be_… and has no spaces: set it to one, or take it away."),
    };
}
