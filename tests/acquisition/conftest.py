"""A device description for GenApi, with what the bundled simulator lacks."""

from __future__ import annotations

from typing import Any

import pytest

_DESCRIPTION = """<?xml version="1.0" encoding="utf-8"?>
<RegisterDescription ModelName="Bench" VendorName="Tests" ToolTip="" StandardNameSpace="None"
    SchemaMajorVersion="1" SchemaMinorVersion="1" SchemaSubMinorVersion="0"
    MajorVersion="1" MinorVersion="0" SubMinorVersion="0"
    ProductGuid="11111111-2222-3333-4444-555555555555"
    VersionGuid="11111111-2222-3333-4444-666666666666"
    xmlns="http://www.genicam.org/GenApi/Version_1_1">
  <Category Name="Root"><pFeature>AcquisitionControl</pFeature></Category>
  <Category Name="AcquisitionControl">
    <pFeature>AcquisitionMode</pFeature><pFeature>AcquisitionFrameRateEnable</pFeature>
    <pFeature>AcquisitionFrameRate</pFeature><pFeature>ExposureTime</pFeature>
    <pFeature>TriggerControl</pFeature><pFeature>Locked</pFeature><pFeature>Fixed</pFeature>
    <pFeature>Deaf</pFeature>
    <pFeature>AcquisitionMode</pFeature>
  </Category>
  <Category Name="TriggerControl">
    <pFeature>TriggerSelector</pFeature><pFeature>TriggerMode</pFeature>
    <pFeature>TriggerSource</pFeature><pFeature>TriggerSoftware</pFeature>
  </Category>
  <Enumeration Name="AcquisitionMode">
    <EnumEntry Name="Continuous"><Value>0</Value></EnumEntry>
    <EnumEntry Name="SingleFrame"><Value>1</Value></EnumEntry><Value>1</Value>
  </Enumeration>
  <Boolean Name="AcquisitionFrameRateEnable">
    <Value>0</Value><OnValue>1</OnValue><OffValue>0</OffValue>
  </Boolean>
  <Float Name="AcquisitionFrameRate">
    <Value>5</Value><Min>1</Min><Max>100</Max><Unit>Hz</Unit>
  </Float>
  <Float Name="ExposureTime">
    <Value>100</Value><Min>10</Min><Max>1000</Max><Inc>20</Inc><Unit>us</Unit>
  </Float>
  <Enumeration Name="TriggerSelector">
    <EnumEntry Name="FrameStart"><Value>0</Value></EnumEntry>
    <EnumEntry Name="LineStart"><Value>1</Value></EnumEntry><Value>1</Value>
  </Enumeration>
  <Enumeration Name="TriggerMode">
    <EnumEntry Name="Off"><Value>0</Value></EnumEntry>
    <EnumEntry Name="On"><Value>1</Value></EnumEntry><Value>1</Value>
  </Enumeration>
  <Enumeration Name="TriggerSource">
    <EnumEntry Name="Software"><Value>0</Value></EnumEntry>
    <EnumEntry Name="Line0"><Value>1</Value></EnumEntry>
    <EnumEntry Name="Line1"><Value>2</Value></EnumEntry><Value>1</Value>
  </Enumeration>
  <Command Name="TriggerSoftware"><pValue>Fired</pValue><CommandValue>1</CommandValue></Command>
  <Integer Name="Fired"><Value>0</Value></Integer>
  <Converter Name="Deaf">
    <FormulaTo>FROM</FormulaTo><FormulaFrom>TO/2</FormulaFrom><pValue>DeafStore</pValue>
  </Converter>
  <Float Name="DeafStore"><Value>0</Value></Float>
  <Integer Name="Locked"><ImposedAccessMode>RO</ImposedAccessMode><Value>7</Value></Integer>
  <Integer Name="Fixed"><Value>4</Value><Min>4</Min><Max>16</Max><Inc>4</Inc></Integer>
</RegisterDescription>
"""


@pytest.fixture
def node_map() -> Any:
    """A node map of GenApi with triggers, whose values live in memory."""
    from genicam.genapi import NodeMap

    nodes = NodeMap()
    nodes.load_xml_from_string(_DESCRIPTION)
    return nodes
