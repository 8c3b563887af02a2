using System.Reflection;

namespace BlueEdge.Tool.Api;

/// <summary>Which version this is.</summary>
internal static class ToolVersion
{
    public static string Full { get; } =
        typeof(ToolVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "0";

    /// <summary>Without the commit.</summary>
    public static string Short => Full.Split('+')[0];
}
