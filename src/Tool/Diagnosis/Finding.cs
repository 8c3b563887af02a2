namespace BlueEdge.Tool.Diagnosis;

/// <summary>One thing that was looked at.</summary>
/// <param name="Name">What.</param>
/// <param name="Status"><c>ok</c>, <c>warning</c> or <c>problem</c>.</param>
/// <param name="Detail">How it is, and what to do.</param>
internal sealed record Finding(string Name, string Status, string Detail)
{
    public bool IsProblem => Status is "problem";

    public static Finding Ok(string name, string detail) => new(name, "ok", detail);

    public static Finding Warning(string name, string detail) => new(name, "warning", detail);

    public static Finding Problem(string name, string detail) => new(name, "problem", detail);
}
