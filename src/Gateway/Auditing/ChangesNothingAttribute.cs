namespace BlueEdge.Gateway.Auditing;

/// <summary>Says of a route that takes a body that it changes nothing, and so is in the audit only where it is refused.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class ChangesNothingAttribute : Attribute;
